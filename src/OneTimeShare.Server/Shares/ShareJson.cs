using System.Text.Json.Serialization;

namespace OneTimeShare.Server.Shares;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PolicyResponse))]
[JsonSerializable(typeof(CreateResponse))]
[JsonSerializable(typeof(PreviewResponse))]
[JsonSerializable(typeof(UnlockRequest))]
[JsonSerializable(typeof(UnlockResponse))]
[JsonSerializable(typeof(ClaimRequest))]
[JsonSerializable(typeof(ClaimResponse))]
[JsonSerializable(typeof(ReceiptResponse))]
internal sealed partial class ShareJson : JsonSerializerContext;
