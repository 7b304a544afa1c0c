"""What a clock is told when it says hello."""

# As a current device accepts them. Stamp=9999: do not send the whole memory again. TransFlag as a bitmask: the list form breaks
# some firmware. The device sets its clock by the Date header and TimeZone.
OPTIONS = """GET OPTION FROM: {serial}
Stamp=9999
OpStamp=9999
ErrorDelay=30
Delay=10
TransTimes=00:00;14:05
TransInterval=1
TransFlag=1111000000
TimeZone=8
Realtime=1
Encrypt=0
"""
