# A deletion goes on when the cloud is back
web is created
  a
  b on a
web ends as CREATE_COMPLETE
the cloud is away for 5 s
web is deleted
web ends as DELETE_COMPLETE
there is nothing
