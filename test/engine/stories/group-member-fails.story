# A member that fails names its place, and the rest of the stack goes on from there
1 comes out in error always
web is created
  g is a group of 2
web ends as CREATE_FAILED: resources.g.resources[1]
web is updated
  g is a group of 1
web ends as UPDATE_COMPLETE
there are
  0
