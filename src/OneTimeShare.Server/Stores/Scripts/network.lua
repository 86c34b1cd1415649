-- An upload of this network may be silent until then; '' where it has ended.
-- KEYS: network
local id, sweep_at = unpack(ARGV)
if sweep_at == '' then
    redis.call('ZREM', KEYS[1], id)
else
    redis.call('ZADD', KEYS[1], 'XX', sweep_at, id)
end
return 1
