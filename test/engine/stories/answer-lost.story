# The answer to a request is lost, and what it made is found again
the cloud does what it is asked by POST, and its answer is lost once
web is created
  a
  b on a
web ends as CREATE_COMPLETE
there are
  a
  b on a
a was made once
