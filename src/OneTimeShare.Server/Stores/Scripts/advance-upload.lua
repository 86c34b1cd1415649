-- What is before the offset is durable; an upload that moves is not idle.
-- KEYS: upload
local writer, offset, head, tail, idle = unpack(ARGV)
local upload = redis.call('HMGET', KEYS[1], 'writer', 'sweep_at', 'ends_at', 'network')
if upload[1] ~= writer or tonumber(upload[2]) <= now then return false end
local sweep_at = math.min(now + idle, tonumber(upload[3]))
redis.call('HSET', KEYS[1], 'received', offset, 'head', head, 'tail', tail, 'sweep_at', sweep_at)
return {sweep_at, upload[4]}
