#!/bin/sh
echo $port
