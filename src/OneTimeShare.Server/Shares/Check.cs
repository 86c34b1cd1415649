using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Shares;

/// <summary>What somebody shows to get at a share, as the store compares it.</summary>
/// <param name="Link">Of the link proof.</param>
/// <param name="Claim">Of the claim proof.</param>
/// <param name="ClaimToken">Of the claimant's token; null to ask without one (unlock).</param>
internal readonly record struct Shown(Verifier Link, Verifier Claim, Verifier? ClaimToken);

/// <summary>How the one atomic check ended. In this order: the first that applies is the answer.</summary>
internal enum CheckOutcome
{
    /// <summary>No such share, or the link proof is another's: nothing was counted.</summary>
    NotFound,

    /// <summary>Not pending any more, and not claimed with this token: see <see cref="Ending"/>.</summary>
    Ended,

    /// <summary>Too many wrong passphrases: the sender may allow more.</summary>
    Locked,

    /// <summary>The claim proof is wrong: it was counted in the same step.</summary>
    WrongClaimProof,

    /// <summary>All holds, or it had been claimed with this token before and the lease is not over.</summary>
    Passed,
}

/// <summary>The answer of the one atomic check.</summary>
/// <param name="Outcome">Which of the others are there.</param>
/// <param name="Ending">Where it has ended.</param>
/// <param name="AttemptsLeft">Where the claim proof was wrong.</param>
internal readonly record struct Check(CheckOutcome Outcome, Ending Ending = default, int AttemptsLeft = 0);
