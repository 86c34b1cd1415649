-- Fencing: the number goes up with every writer, and whoever has a lower one can do nothing any more.
-- KEYS: upload
local receipt, offset = unpack(ARGV)
local upload = redis.call('HMGET', KEYS[1], 'receipt', 'received', 'sweep_at', 'length', 'lifetime', 'head', 'tail')
if upload[1] ~= receipt or tonumber(upload[3]) <= now then return {'not found'} end
if upload[2] ~= offset then return {'offset differs'} end
local writer = redis.call('HINCRBY', KEYS[1], 'writer', 1)
return {'taken', writer, tonumber(upload[4]), tonumber(upload[5]), upload[6], upload[7]}
