# A request is lost, and made again when it is clear that it was
the cloud loses POST once
web is created
  a
  b on a
web ends as CREATE_COMPLETE
there are
  a
  b on a
a was made once
