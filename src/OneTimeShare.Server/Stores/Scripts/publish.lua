-- A share is pending from now on; with a writer, what was its upload till now.
-- KEYS: share, content, upload
local link, claim, receipt, header, manifest, records, size, held, has_blob, lifetime, writer, keep_record, keep_content
    = unpack(ARGV)
if redis.call('EXISTS', KEYS[1]) == 1 then return {'taken'} end
local network
if writer ~= '' then
    local upload = redis.call('HMGET', KEYS[3], 'writer', 'receipt', 'sweep_at', 'length', 'network')
    if upload[1] ~= writer or upload[2] ~= receipt or tonumber(upload[3]) <= now then return {'taken over'} end
    network = upload[5]
    redis.call('DEL', KEYS[3])
    redis.call('HSET', KEYS[1], 'upload_length', upload[4])
end

local expires_at = now + lifetime
redis.call('HSET', KEYS[1], 'link', link, 'receipt', receipt, 'size', size, 'held', held, 'has_blob', has_blob,
    'failed_attempts', 0, 'created_at', now, 'expires_at', expires_at)
redis.call('HSET', KEYS[2], 'claim', claim, 'header', header, 'manifest', manifest)
if has_blob == '0' then redis.call('HSET', KEYS[2], 'records', records) end
keep_until(expires_at, keep_record, keep_content)
return {'published', expires_at, network or false}
