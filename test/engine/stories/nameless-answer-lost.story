# What has no name is found again by what was asked for it
the cloud does what it is asked by POST, and its answer is lost once
web is created
  n is a nameless size=4
  a size=4
web ends as CREATE_COMPLETE
there are
  nameless size=4
  a size=4
nameless was made once
