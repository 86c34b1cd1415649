-- What the sender sees.
-- KEYS: share
local share = read_share()
if not share or share.receipt ~= ARGV[1] then return false end
return {share.state, share.at, share.created_at, share.expires_at, share.claimed_at or false, share.failed_attempts}
