-- Ends a share: delivered by its claim token, burned by its receipt token. Time may have ended it already, and the
-- first end stands; its name is in the answer when it is new. A burn of what nobody has taken goes through the gate
-- before, where there is one.
-- KEYS: share, content
local token, gated = unpack(ARGV)
local share = read_share()
local by = share and (share.claim_token == token and 'delivered' or share.receipt == token and 'burned')
if not by then return {'not found'} end
if gated == '1' and share.state == 'pending' then return {'gate', now, share.size} end
local ended = ''
if share.state == 'pending' or share.state == 'claimed' then
    ended = by
    write_end(share, by, now)
elseif not share.ended_as then
    ended = share.state
    write_end(share, share.state, share.at)
end
return {'ended', share.has_blob, math.max(share.expires_at, share.ended_at), ended}
