# A stack is deleted while its first resources are made
things take 30 s to be built
web is created
  a
  b on a
once a is there
web is deleted
web ends as DELETE_COMPLETE
there is nothing
b was never made
a was made once
