namespace OneTimeShare.Server.Shares;

/// <summary>
/// A store does not answer: 503. The message is a sentence for the operator, with no name and no secret.
/// </summary>
internal sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>There is no room: 507. The message is a sentence for the operator, with no name and no secret.</summary>
internal sealed class StorageFullException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Somebody else goes on with a blob, or it is deleted: what this writer still has does not count.</summary>
internal sealed class BlobTakenOverException() : Exception("Another writer goes on with the blob.");
