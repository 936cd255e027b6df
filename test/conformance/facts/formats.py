#!/usr/bin/python3
"""Asks the original (Debian's python3-heat) what its custom constraints that ask no cloud make of many texts, and writes the answers
to formats.json: for each constraint, texts with what is wrong with them, or null."""
import json
import logging
import os

logging.disable(logging.CRITICAL)

from heat.common import exception
from heat.engine import constraints, resources

resources.initialise()

IPS = ['1.2.3.4', '0.0.0.0', '255.255.255.255', '256.1.1.1', '1.2.3', '1.2', '1', '1.2.3.4.5', '01.2.3.4', '1.2.3.04', ' 1.2.3.4', '1.2.3.4 ', '1.2.3.4\n', '1..2.3', '1.2.3.-4',
       '::', '::1', 'fe80::1', 'FE80::1', '2001:db8::', '2001:db8::1::2', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '12345::', 'g::', '::ffff:1.2.3.4', '::1.2.3', 'fe80::1%eth0',
       '0x10.1.1.1', '10', '3232235777', '', 'a', 'example.com', '010.1.1.1', '08.1.1.1', '::FFFF:0102:0304', '2001:0DB8:0:0:1:0:0:1', '1::', '0:0:0:0:0:0:0:0', '1:0:0:2:0:0:0:3']
CIDRS = ['10.0.0.0/24', '10.0.0.1/24', '10.0.0.0/0', '10.0.0.0/32', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/', '10.0.0.0/a', '10.0.0.0', '10.0.0', '10.0/16', '10/8', '10.0.0.0/255.255.255.0',
         '10.0.0.0/0.0.0.255', '10.0.0.0/255.0.255.0', '10.0.0.0/24/1', '/24', '300.0.0.0/8', '2001:db8::/32', '2001:db8::1/64', '2001:db8::/129', '2001:db8::/128', '::/0', '2001:db8::', '2001:db8::/x',
         ' 10.0.0.0/24', '10.0.0.0 /24', '10.0.0.0/ 24', '10.0.0.0/024', '', 'a', 'a/8', '172.16.0.0/12', '192.168.1.5', '224.0.0.0']
MACS = ['00:11:22:33:44:55', '00-11-22-33-44-55', '001122334455', '0011.2233.4455', '00:11:22:33:44', '00:11:22:33:44:55:66', '00:11:22:33:44:gg', '0:1:2:3:4:5', 'AA:BB:CC:DD:EE:FF', 'aa:bb:cc:dd:ee:ff',
        '', 'a', '001122:334455', '0011:2233:4455', '00:11-22:33-44:55', ' 00:11:22:33:44:55', '00:11:22:33:44:55 ', '112233', '1', '00 11 22 33 44 55', '11-2233-445566', '000000000000']
DNS = ['', 'a', 'a.', 'example.com', 'example.com.', 'Example.COM', 'a.b.c.d.', '-a.com', 'a-.com', 'a_b.com', 'a b', 'a..b', '.a', '.', '..', 'x' * 63, 'x' * 64, 'x' * 63 + '.com.', '.'.join(['x' * 60] * 4) + '.abcdefghi',
       '.'.join(['x' * 62] * 4) + '.abcd', '.'.join(['x' * 62] * 4) + '.abc.', '1.2.3.4', '1.2.3.4.', 'a.1.', 'a.1', 'ä.com', 'a*.com', '*.com.', 'com.', '123.', '123', 'A1-b2.c3.', 'a,b']
TIMES = ['2020-01-02T03:04:05Z', '2020-01-02T03:04:05', '2020-01-02T03:04:05+01:00', '2020-01-02T03:04:05.123Z', '2020-01-02T03:04:05,5Z', '2020-01-02 03:04:05', '2020-01-02', '2020-01', '2020', '20200102', '20200102T030405Z', '2020-1-2',
         '2020-13-01', '2020-02-30', '2020-02-29', '2021-02-29', '2020-01-02T25:00:00', '2020-01-02T24:00:00', '2020-01-02T03:60:00', '2020-01-02T03:04', '2020-01-02T03', '03:04:05', 'now', '', 'a', '2020-01-02T03:04:05+0100', '2020-01-02T03:04:05+01',
         'Jan 2 2020', '2020-W01-1', '2020-001', '2020-01-02T', '2020-01-02T03:04:05 Z', ' 2020-01-02', '2020-01-02 ', '99999-01-01', '0000-01-01', '2099-01-02T03:04:05Z', '2020/01/02', '2020-01-02t03:04:05z', '2020-01-02T03:04:60Z',
         '2099-12-31', '1999-12-31', ' 2099-12-31 ', '2099', '9999-12-31T23:59:59Z']
ZONES = ['UTC', 'Europe/Berlin', 'europe/berlin', 'America/New_York', 'US/Pacific', 'GMT', 'Etc/GMT+5', 'EST', 'EST5EDT', 'CET', 'Zulu', '', 'a', 'Mars/Phobos', 'UTC+1', '+01:00', 'Asia/Kolkata', 'Asia/Calcutta', 'Europe/Kyiv', 'Europe/Kiev',
         'utc', 'Antarctica/Troll', 'America/Argentina/Buenos_Aires', '../etc/passwd', 'Europe', 'Etc/UTC', 'PST', 'W-SU', 'Japan', 'Factory', 'localtime', 'Europe/Berlin ', 'ä']
CRONS = ['* * * * *', '', '*/5 * * * *', '0 0 1 1 *', '0 0 * * mon', '0 0 * * MON-FRI', '0 0 * jan *', '0 0 * JAN-MAR *', '60 * * * *', '* 24 * * *', '* * 32 * *', '* * 0 * *', '* * * 13 *', '* * * 0 *', '* * * * 7', '* * * * 8', '* * * *', '* * * * * *',
         '* * * * * * *', 'a b c d e', '1-5 * * * *', '5-1 * * * *', '1-5/2 * * * *', '*/0 * * * *', '*/61 * * * *', '*/-1 * * * *', '1,2,3 * * * *', '1,, * * * *', ',1 * * * *', '@daily', '@hourly', '@reboot', '@midnight', '@weekly', '@monthly', '@yearly', '@annually',
         '@what', '  0   0 * * *  ', '0 0 L * *', '0 0 * * 5#3', '0 0 * * L5', '0 0 * * 5L', '0 0 ? * ?', '? * * * *', '0 0 * * mon,wed', '0 0 * * mon#2', '0 0 * * 5#6', '0 0 * * 5#0', '1/5 * * * *', '5/15 * * * *', '0-59/70 * * * *', '1.5 * * * *', '-1 * * * *',
         '1- * * * *', '1-2-3 * * * *', '*-5 * * * *', '* * 31 2 *', '* * 30 2 *', 'h * * * *', 'H H * * *', 'R * * * *', '*/5,*/7 * * * *', '0 0 * * sun-sat', '0 0 * * sat-sun', '0 0 29 2 *', '*\t*\t*\t*\t*', '* * * * *\n', '0 0 l * *', '* * * * 0-7', '* * * * 5-7', '00 08 * * *',
         '* * * * x', '* * * x *', '* * * jan-x *', '* * * * * 60', '* * * * * 59', '0x1 * * * *', '* * * * 1,x']
PLAIN = ['', 'a', '1', '0', '10.0.0.0/8', '1.2.3.4']

CASES = {'ip_addr': IPS + CIDRS[:3], 'net_cidr': CIDRS + IPS, 'ip_or_cidr': CIDRS + IPS, 'mac_addr': MACS, 'dns_name': DNS, 'rel_dns_name': DNS, 'dns_domain': DNS, 'iso_8601': TIMES, 'expiration': TIMES,
         'timezone': ZONES, 'cron_expression': CRONS}


def ask(name, text):
    rule = constraints.CustomConstraint(name)
    try:
        rule.validate(text)
    except ValueError as problem:
        return str(problem)
    except Exception:
        return 'crash'


facts = {name: [[text, ask(name, text)] for text in texts] for name, texts in CASES.items()}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'formats.json'), 'w') as file:
    rows = [json.dumps(name) + ': [\n' + ',\n'.join('  ' + json.dumps(row) for row in rows) + '\n]' for name, rows in facts.items()]
    file.write('{\n' + ',\n'.join(rows) + '\n}\n')
