# Of three targets that come one after the other only the last counts
things take 5 s to be built
web is created
  a color=red
  b on a
web ends as CREATE_COMPLETE
web is updated
  a color=blue
  b on a
once a is begun
web is updated
  a color=green
  b on a
after 1 s
web is updated
  a color=red
  b on a
web ends as UPDATE_COMPLETE
there are
  a color=red
  b on a
