# A stack goes whole though a replaced resource is still on its way out
things take 20 s to go
web is created
  a color=red
  b on a
web ends as CREATE_COMPLETE
web is updated
  a color=blue
  b on a
after 2 s
web is deleted
web ends as DELETE_COMPLETE
there is nothing
