# A new target comes while the stack goes back
things take 10 s to go
z comes out in error always
web is created
  a
web ends as CREATE_COMPLETE
web is updated with rollback
  a
  n
  z on n
once z is there
after 60 s
web is updated
  a
  n
  m on n
web ends as UPDATE_COMPLETE
there are
  a
  n
  m on n
