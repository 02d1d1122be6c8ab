# Completion of bondcarrier's command line in bash.
completiondir = $(datadir)/bash-completion/completions
dist_completion_DATA = contrib/completion/bondcarrier

# Filled by what lies in this folder.
EXTRA_DIST += \
	contrib/keepalived/bondcarrierd.conf \
	contrib/keepalived/keepalived.conf \
	contrib/keepalived/keepalived.service.conf \
	contrib/keepalived/tmpfiles.conf
