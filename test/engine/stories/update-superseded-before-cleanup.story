# What an interrupted update had replaced, and not yet cleared away, goes with the next
things take 20 s to go
web is created
  a color=red
  b on a
web ends as CREATE_COMPLETE
web is updated
  a color=blue
  b on a
after 2 s
web is updated
  a color=blue
  b on a
  c on b
web ends as UPDATE_COMPLETE
after 30 s
there are
  a color=blue
  b on a
  c on b
a was made twice
