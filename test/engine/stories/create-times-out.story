# What takes longer than its stack may take is given up
things take 600 s to be built
web is created within 2 minutes
  a
  b on a
web ends as CREATE_FAILED: Timed out
b was never made
web is deleted
web ends as DELETE_COMPLETE
there is nothing
