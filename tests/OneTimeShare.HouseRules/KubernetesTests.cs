using System.Diagnostics;
using k8s;
using k8s.Models;
using Xunit;
using YamlDotNet.Core;

namespace OneTimeShare.HouseRules;

/// <summary>
/// The manifests are read as Kubernetes' own client reads them, where a field that it does not have is an error.
/// </summary>
public sealed class KubernetesTests
{
    private const string Released = "ghcr.io/ada/onetimeshare:1.2.3@sha256:0123456789abcdef";

    private readonly List<object> _manifests = Read(Print(Released).Said);

    [Fact]
    public void There_is_one_of_each_and_nothing_else() =>
        Assert.Equal(
            ["ConfigMap", "Deployment", "HttpRoute", "NetworkPolicy", "PodDisruptionBudget", "Secret", "Service"],
            _manifests.Select(manifest => manifest.GetType().Name.Replace("V1", "")).Order());

    [Theory]
    [InlineData("readinessProbe:", "readynessProbe:")]
    [InlineData("minAvailable:", "minAvailabel:")]
    [InlineData("policyTypes:", "policyType:")]
    [InlineData("replicas: 2", "replicas: two")]
    [InlineData("stringData:", "stringdata:")]
    [InlineData("backendRefs:", "backends:")]
    public void What_Kubernetes_does_not_know_is_found(string right, string wrong)
    {
        string manifests = Print(Released).Said;
        Assert.Contains(right, manifests);
        Assert.ThrowsAny<YamlException>(() => Read(manifests.Replace(right, wrong)));
    }

    [Fact]
    public void Everything_that_points_to_the_servers_finds_them()
    {
        var deployment = One<V1Deployment>();
        var labels = deployment.Spec.Template.Metadata.Labels;
        Assert.Equal(labels, deployment.Spec.Selector.MatchLabels);
        Assert.Equal(labels, One<V1Service>().Spec.Selector);
        Assert.Equal(labels, One<V1PodDisruptionBudget>().Spec.Selector.MatchLabels);
        Assert.Equal(labels, One<V1NetworkPolicy>().Spec.PodSelector.MatchLabels);

        var port = Assert.Single(Server.Ports);
        var service = Assert.Single(One<V1Service>().Spec.Ports);
        Assert.Equal(port.Name, service.TargetPort.Value);
        var backend = Assert.Single(Assert.Single(One<HttpRoute>().Spec.Rules).BackendRefs);
        Assert.Equal((One<V1Service>().Metadata.Name, service.Port), (backend.Name, backend.Port));
        Assert.Equal($"{port.ContainerPort}", One<V1NetworkPolicy>().Spec.Ingress[0].Ports[0].Port.Value);
    }

    [Fact]
    public void A_server_stays_while_another_goes()
    {
        var spec = One<V1Deployment>().Spec;
        Assert.True(spec.Replicas >= 2);
        Assert.Equal("0", spec.Strategy.RollingUpdate.MaxUnavailable.Value);
        Assert.Equal("1", One<V1PodDisruptionBudget>().Spec.MinAvailable.Value);
    }

    [Fact]
    public void A_server_is_asked_for_its_health_by_the_names_that_it_knows()
    {
        Assert.Equal("/health/live", Server.StartupProbe.HttpGet.Path);
        Assert.Equal("/health/live", Server.LivenessProbe.HttpGet.Path);
        Assert.Equal("/health/ready", Server.ReadinessProbe.HttpGet.Path);
        Assert.All([Server.StartupProbe, Server.LivenessProbe, Server.ReadinessProbe],
            probe => Assert.Equal(Server.Ports[0].Name, probe.HttpGet.Port.Value));
    }

    [Fact]
    public void A_server_may_do_nothing_that_it_does_not_need()
    {
        Assert.True(Server.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(Server.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], Server.SecurityContext.Capabilities.Drop);
        Assert.Contains("memory", Server.Resources.Limits.Keys);
        Assert.Contains("cpu", Server.Resources.Requests.Keys);
        var pod = One<V1Deployment>().Spec.Template.Spec;
        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
        Assert.False(pod.AutomountServiceAccountToken);
        Assert.Equal(["Ingress", "Egress"], One<V1NetworkPolicy>().Spec.PolicyTypes);
    }

    [Fact]
    public void Every_setting_is_one_that_the_server_has_and_every_secret_is_a_file_that_is_there()
    {
        string known = File.ReadAllText(Path.Combine(Repository.Root, "docs/configuration.md"));
        var values = One<V1ConfigMap>().Data;
        Assert.All(values.Keys, name => Assert.Contains($"| `{name}` ", known));
        Assert.Superset(
            new HashSet<string> { "OTS_BASE_URL", "OTS_TRUSTED_PROXIES", "OTS_S3_ENDPOINT", "OTS_S3_BUCKET" },
            values.Keys.ToHashSet());
        Assert.Equal(One<V1ConfigMap>().Metadata.Name, Assert.Single(Server.EnvFrom).ConfigMapRef.Name);

        var secrets = One<V1Deployment>().Spec.Template.Spec.Volumes.Single(volume => volume.Secret is not null);
        Assert.Equal(One<V1Secret>().Metadata.Name, secrets.Secret.SecretName);
        string folder = Server.VolumeMounts.Single(mount => mount.Name == secrets.Name).MountPath;
        Assert.Equal(One<V1Secret>().StringData.Keys.Select(file => $"{folder}/{file}").Order(),
            Server.Env.Select(setting => setting.Value).Order());
        Assert.Contains(Server.Env, setting => setting.Name == "OTS_REDIS_FILE");
        Assert.All(Server.Env, setting => Assert.Contains($"| `{setting.Name.Replace("_FILE", "")}` ", known));
    }

    [Fact]
    public void A_release_names_its_image() => Assert.Equal(Released, Server.Image);

    [Theory]
    [InlineData("")]
    [InlineData("two names")]
    [InlineData("a|b")]
    public void What_is_no_image_is_refused(string image)
    {
        var (status, said) = Print(image);
        Assert.NotEqual(0, status);
        Assert.Equal("", said);
    }

    private V1Container Server => Assert.Single(One<V1Deployment>().Spec.Template.Spec.Containers);

    private T One<T>() => Assert.Single(_manifests.OfType<T>());

    private static List<object> Read(string manifests) =>
        KubernetesYaml.LoadAllFromString(manifests, HttpRoute.Types, strict: true);

    private static (int Status, string Said) Print(string image)
    {
        using var script = Process.Start(
            new ProcessStartInfo(Path.Combine(Repository.Root, "scripts/manifests"), [image])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        string said = script.StandardOutput.ReadToEnd();
        script.WaitForExit();
        return (script.ExitCode, said);
    }
}
