-- How far an upload has got; or the length of a share that was one.
-- KEYS: share, upload
local upload = redis.call('HMGET', KEYS[2], 'receipt', 'received', 'length', 'sweep_at')
if upload[1] == ARGV[1] and tonumber(upload[4]) > now then
    return {tonumber(upload[2]), tonumber(upload[3]), tonumber(upload[4])}
end
local share = redis.call('HMGET', KEYS[1], 'receipt', 'upload_length')
if share[1] ~= ARGV[1] or not share[2] then return false end
return {tonumber(share[2]), tonumber(share[2]), false}
