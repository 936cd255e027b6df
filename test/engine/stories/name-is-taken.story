# A name can be had once, and again when the first has gone
web is created
  a
web can't be created: already exists
  b
web ends as CREATE_COMPLETE
web is deleted
web ends as DELETE_COMPLETE
web is created
  b
web ends as CREATE_COMPLETE
there are
  b
