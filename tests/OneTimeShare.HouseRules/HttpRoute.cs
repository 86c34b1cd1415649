using System.Text.Json.Serialization;

namespace OneTimeShare.HouseRules;

/// <summary>What the manifests use of the Gateway API's route, which Kubernetes' client has no type for.</summary>
public sealed record HttpRoute
{
    /// <summary>For the client, which finds a type by what a manifest says that it is.</summary>
    internal static readonly Dictionary<string, Type> Types = new()
    {
        ["gateway.networking.k8s.io/v1/HTTPRoute"] = typeof(HttpRoute),
    };

    [JsonPropertyName("apiVersion")]
    public required string ApiVersion { get; init; }

    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    [JsonPropertyName("metadata")]
    public required k8s.Models.V1ObjectMeta Metadata { get; init; }

    [JsonPropertyName("spec")]
    public required RouteSpec Spec { get; init; }
}

/// <summary>Which gateway passes on what is asked of which host.</summary>
public sealed record RouteSpec
{
    [JsonPropertyName("parentRefs")]
    public required IList<RouteParent> ParentRefs { get; init; }

    [JsonPropertyName("hostnames")]
    public required IList<string> Hostnames { get; init; }

    [JsonPropertyName("rules")]
    public required IList<RouteRule> Rules { get; init; }
}

/// <summary>A gateway.</summary>
public sealed record RouteParent
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("namespace")]
    public required string Namespace { get; init; }
}

/// <summary>To whom, and for how long.</summary>
public sealed record RouteRule
{
    [JsonPropertyName("timeouts")]
    public required IDictionary<string, string> Timeouts { get; init; }

    [JsonPropertyName("backendRefs")]
    public required IList<RouteBackend> BackendRefs { get; init; }
}

/// <summary>A service.</summary>
public sealed record RouteBackend
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("port")]
    public required int Port { get; init; }
}
