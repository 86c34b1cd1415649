-- Whether a live share or an upload holds a blob.
-- KEYS: share, content, upload
local share = read_share()
if share and share.has_blob == 1 and (share.state == 'pending' or share.state == 'claimed') then return 1 end
local sweep_at = redis.call('HGET', KEYS[3], 'sweep_at')
return sweep_at and tonumber(sweep_at) > now and 1 or 0
