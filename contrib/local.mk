# Completion of bondcarrier's command line in bash.
completiondir = $(datadir)/bash-completion/completions
dist_completion_DATA = contrib/completion/bondcarrier
