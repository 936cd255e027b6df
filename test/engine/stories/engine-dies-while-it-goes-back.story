# A rollback that an engine did not live to end is ended by the next
things take 10 s to go
an engine starts
z comes out in error always
web is created
  a size=1
web ends as CREATE_COMPLETE
web is updated with rollback
  a size=2
  z on a
once z is there
after 15 s
the engine of web dies
web ends as ROLLBACK_COMPLETE
there are
  a size=1
