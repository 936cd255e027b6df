# A tree is deleted while its members are made
things take 30 s to be built
web is created
  g is a group of 3
  b after g
once 1 is there
web is deleted
web ends as DELETE_COMPLETE
there is nothing
b was never made
