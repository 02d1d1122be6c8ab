# Filled by what lies in this folder.
