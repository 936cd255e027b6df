#!/bin/sh
# What each server of the tier does when it first boots.
mkdir -p /srv/www
echo "ready" > /srv/www/index.html
