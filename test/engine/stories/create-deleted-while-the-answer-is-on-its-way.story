# What a request makes after its stack was told to go, goes too
the next POST arrives 2 s after it is given up
web is created
  a
after 1 s
web is deleted
web ends as DELETE_COMPLETE
there is nothing
