# A deletion that the cloud refuses can be asked for again
web is created
  a
  b on a
web ends as CREATE_COMPLETE
the cloud refuses DELETE once with 403: Not yours.
web is deleted
web ends as DELETE_FAILED: Not yours.
a was never deleted
web is deleted
web ends as DELETE_COMPLETE
there is nothing
