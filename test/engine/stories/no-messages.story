# With no message arriving, all is done a little later
messages are lost
an engine starts
web is created
  a
  g is a group of 2
web ends as CREATE_COMPLETE
web is updated
  a size=2
web ends as UPDATE_COMPLETE
web is deleted
web ends as DELETE_COMPLETE
there is nothing
