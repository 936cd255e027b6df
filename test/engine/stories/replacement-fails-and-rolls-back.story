# The old one is taken back where its replacement did not come to be
web is created
  a color=red
  b on a
web ends as CREATE_COMPLETE
that is remembered
the cloud refuses POST always with 403: No more of these.
web is updated with rollback
  a color=blue
  b on a
web ends as ROLLBACK_COMPLETE
there are
  a color=red
  b on a
a is the same as before
a was made once
