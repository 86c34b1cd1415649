-- Gives an upload up: by its sender, or by a writer after whom nobody has come.
-- KEYS: upload
local receipt, writer = unpack(ARGV)
local upload = redis.call('HMGET', KEYS[1], 'receipt', 'writer', 'sweep_at', 'network')
if upload[1] ~= receipt or (writer ~= '' and upload[2] ~= writer) or tonumber(upload[3]) <= now then return false end
redis.call('DEL', KEYS[1])
return upload[4]
