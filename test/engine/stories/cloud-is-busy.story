# A cloud that is too busy is asked again
the cloud refuses POST twice with 429: Slow down.
web is created
  a
  b on a
web ends as CREATE_COMPLETE
there are
  a
  b on a
