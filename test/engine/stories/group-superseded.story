# A group is made smaller while it is being made
things take 10 s to be built
web is created
  g is a group of 3 size=1
once 1 is there
web is updated
  g is a group of 1 size=2
web ends as UPDATE_COMPLETE
there are
  0 size=2
0 was made once
