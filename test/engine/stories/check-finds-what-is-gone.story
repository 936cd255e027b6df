# A check finds no fault with what is there
web is created
  a
  g is a group of 2 size=1
web ends as CREATE_COMPLETE
web is checked
web ends as CHECK_COMPLETE
web is updated
  a
  g is a group of 1 size=1
web ends as UPDATE_COMPLETE
there are
  a
  0 size=1
