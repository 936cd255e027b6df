# A deletion that an engine did not live to end is ended by the next
things take 20 s to go
an engine starts
web is created
  a
  b on a
web ends as CREATE_COMPLETE
web is deleted
once b is begun
the engine of web dies
web ends as DELETE_COMPLETE
there is nothing
