-- Counts one more in the window that is open, or opens one: how many, and how long it stays open.
-- KEYS: counter
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {count, redis.call('PTTL', KEYS[1])}
