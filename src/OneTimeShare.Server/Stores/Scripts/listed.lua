-- What the operator sees of a share.
-- KEYS: share
local share = read_share()
if not share then return false end
return {share.state, share.at, share.size, share.created_at, share.expires_at, share.failed_attempts, share.receipt}
