package org.libcoop.benchmark;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * Nothing between a message and the sockets: it is encoded once, with its frame's head, and each of as many event loops as there
 * are processors writes it to its own connections.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what was not written does not arrive, and that is seen
final class NettySockets implements Served {

    private static final int SHORT_FRAME = 126;

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), NioIoHandler.newFactory());
    private final Map<EventExecutor, List<ChannelHandlerContext>> ways = new ConcurrentHashMap<>();
    private final int clients;
    private int round;

    NettySockets(int clients) {
        this.clients = clients;
    }

    @Override
    public int start() throws Exception {
        ServerBootstrap server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(1 << 16),
                                        new WebSocketServerProtocolHandler("/coop"),
                                        new Peer());
                    }
                });
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return ((InetSocketAddress) server.bind(any).sync().channel().localAddress()).getPort();
    }

    @Override
    public String answer(String question, int number) throws Exception {
        if (!question.equals("fan")) {
            throw new IllegalArgumentException("not for bare sockets: " + question);
        }
        while (ways.values().stream().mapToInt(List::size).sum() < clients) {
            Thread.onSpinWait(); // a client may know of its handshake before this end does
        }
        ByteBuf frame = encoded(Samples.frame(round++));
        CountDownLatch written = new CountDownLatch(ways.size());
        ways.forEach((loop, peers) -> loop.execute(() -> {
            for (int i = 0; i < number; i++) {
                for (ChannelHandlerContext way : peers) {
                    way.writeAndFlush(frame.retainedDuplicate(), way.voidPromise());
                }
            }
            written.countDown();
        }));
        written.await();
        frame.release();
        return "done";
    }

    private static ByteBuf encoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuf frame = Unpooled.directBuffer(bytes.length + 4).writeByte(0x81);
        if (bytes.length < SHORT_FRAME) {
            frame.writeByte(bytes.length);
        } else {
            frame.writeByte(SHORT_FRAME).writeShort(bytes.length);
        }
        return frame.writeBytes(bytes);
    }

    /** One connection: joins once the handshake is over, and echoes. */
    private final class Peer extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
                ways.computeIfAbsent(context.executor(), loop -> new CopyOnWriteArrayList<>())
                        .add(context.pipeline().context(WebSocketFrameEncoder.class));
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame message) {
            context.writeAndFlush(message.retain(), context.voidPromise());
        }
    }
}
