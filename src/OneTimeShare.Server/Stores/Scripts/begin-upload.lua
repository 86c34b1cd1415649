-- An upload that has room begins. Redis lets it go by itself once it is too old, should nobody else.
-- KEYS: upload
local receipt, network, length, lifetime, idle, age = unpack(ARGV)
if redis.call('EXISTS', KEYS[1]) == 1 then return false end
local ends_at = now + age
local sweep_at = math.min(now + idle, ends_at)
redis.call('HSET', KEYS[1], 'receipt', receipt, 'network', network, 'length', length, 'lifetime', lifetime,
    'received', 0, 'writer', 0, 'head', '', 'tail', '', 'ends_at', ends_at, 'sweep_at', sweep_at)
redis.call('PEXPIREAT', KEYS[1], ends_at)
return sweep_at
