# What waits for news is complete when it was told often enough
web is created
  l is a listener count=2
  b after l
once l is waiting
l of web is told good news
after 60 s
b was never made
l of web is told good news
web ends as CREATE_COMPLETE
b was made after l was made
l of web went through CREATE_IN_PROGRESS, SIGNAL_IN_PROGRESS, SIGNAL_IN_PROGRESS, CREATE_COMPLETE
