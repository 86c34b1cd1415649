using OneTimeShare.Benchmarks.Floors;
using OneTimeShare.Benchmarks.Scenarios;
using OneTimeShare.Benchmarks.Soaks;

// scripts/bench and scripts/soak run this; the floors are this program again, in processes of their own.
return args switch
{
    ["run", .. var options] => await Run.AllAsync(options),
    ["soak", .. var options] => await Soak.RunAsync(options),
    ["floor-redis", var url, var redis] => await RedisFloor.ServeAsync(url, redis),
    ["floor-disk", var url, var folder] => await DiskFloor.ServeAsync(url, folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Use scripts/bench or scripts/soak.");
    return 2;
}
