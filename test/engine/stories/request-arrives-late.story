# A request arrives when nobody hoped for it any more: there is one thing in the end
things take 10 s to be built
the next POST arrives 4 s after it is given up
web is created
  a
web ends as CREATE_COMPLETE
after 10 s
there are
  a
