package io.penstock.orchestrator.stream;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;

/**
 * Bounds what RocksDB takes outside the heap: one cache for all stores of the process, in which
 * memtables count too. Kafka Streams' defaults take up to 100 MB a store and partition.
 */
public final class SmallRocksDb implements RocksDBConfigSetter {
  private static final long CACHE_BYTES = 32L * 1024 * 1024;
  private static final long MEMTABLE_BYTES = 4L * 1024 * 1024;
  private static final int MEMTABLES = 2;
  private static final double BLOOM_BITS = 10;

  /**
   * One shard. By default there are 64, of 512 KiB each: the filter of a file with some hundred
   * thousand keys is larger than that, is dropped as soon as it was used, and each lookup reads it
   * from disk again, forty times the cost. Few threads use this cache, so nobody waits for a shard.
   */
  private static final int SHARD_BITS = 0;

  private static final LRUCache CACHE = new LRUCache(CACHE_BYTES, SHARD_BITS);

  private final BloomFilter filter = new BloomFilter(BLOOM_BITS, false);

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    table.setFilterPolicy(filter);
    options.setTableFormatConfig(table);
    options.setWriteBufferSize(MEMTABLE_BYTES);
    options.setMaxWriteBufferNumber(MEMTABLES);
  }

  @Override
  public void close(String storeName, Options options) {
    filter.close();
  }
}
