-- Brings back what Redis has forgotten and the gate has not: who took the share, or that its sender burned it.
-- KEYS: share, content
local claim_token, claimed_at, at, keep_record, keep_content = unpack(ARGV)
local share = read_share()
if not share or share.state ~= 'pending' then return 0 end
if claim_token == '' then
    write_end(share, 'burned', at)
else
    claimed_at = math.max(share.created_at, math.min(claimed_at, now))
    write_claim(share, claim_token, claimed_at, tonumber(at), keep_record, keep_content)
end
return 1
