package org.libcoop.benchmark;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.libcoop.transport.websocket.WebSocketTransport;

/** The clients of a server, thousands on two threads. Used by one thread. */
final class Crowd implements AutoCloseable {

    /** What a client does before it is ready. */
    enum Entry {
        /** Nothing: the server is a bare one. */
        BARE,
        /** It authenticates, as an operator. */
        WELCOME,
        /** It signs in, too, and monitors the co-op. */
        ON_DUTY
    }

    /** What comes once a client is ready. Called from its own thread. */
    interface Ear {
        void hear(Client client, ByteBuf frame);
    }

    /** So many come at once. */
    private static final int AT_ONCE = 32;

    private static final long LONGEST_SECONDS = 60;
    private static final int LARGEST_FRAME = 4 << 20;
    private static final int SMALL_BUFFER = 4_096;

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), NioIoHandler.newFactory());
    private final Semaphore entering = new Semaphore(AT_ONCE);
    private final AtomicInteger lost = new AtomicInteger();
    private final List<Client> clients = new ArrayList<>();
    private final Entry entry;
    private volatile boolean closing;

    private Crowd(Entry entry) {
        this.entry = entry;
    }

    /** So many clients, all of them ready. */
    static Crowd of(int clients, Entry entry, int port, Ear ear) throws InterruptedException {
        Crowd crowd = new Crowd(entry);
        try {
            for (int i = 0; i < clients; i++) {
                crowd.enter("operator", Libraries.member(i).value(), port, ear);
            }
            crowd.awaitReady();
            return crowd;
        } catch (IllegalStateException failed) {
            crowd.close();
            throw failed;
        }
    }

    /** One client more, as who it says; wait for it with {@link #awaitReady}. */
    Client enter(String role, String token, int port, Ear ear) throws InterruptedException {
        if (!entering.tryAcquire(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("clients do not get in; " + clients.size() + " tried, " + lost + " lost");
        }
        Client client = new Client(role, token, ear);
        clients.add(client);
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.SO_RCVBUF, SMALL_BUFFER * 16)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpClientCodec(),
                                        new HttpObjectAggregator(1 << 16),
                                        new WebSocketClientProtocolHandler(config(port)),
                                        client);
                    }
                });
        client.channel = bootstrap
                .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .sync()
                .channel();
        return client;
    }

    private WebSocketClientProtocolConfig config(int port) {
        return WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(URI.create("ws://127.0.0.1:" + port + "/coop"))
                .subprotocol(entry == Entry.BARE ? null : WebSocketTransport.PROTOCOL)
                .allowExtensions(false)
                .generateOriginHeader(false)
                .maxFramePayloadLength(LARGEST_FRAME)
                .build();
    }

    /** Waits until everybody who entered is ready. */
    void awaitReady() throws InterruptedException {
        if (!entering.tryAcquire(AT_ONCE, LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not everybody got in; " + clients.size() + " tried, " + lost + " lost");
        }
        entering.release(AT_ONCE);
    }

    List<Client> clients() {
        return clients;
    }

    /** How many connections ended though nobody here ended them. */
    int lost() {
        return lost.get();
    }

    @Override
    public void close() {
        closing = true;
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** One client. */
    @SuppressWarnings("FutureReturnValueIgnored") // what cannot be sent shows as a connection that is lost
    final class Client extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        private final String role;
        private final String token;
        private final Ear ear;
        private @Nullable Channel channel;
        private boolean ready;
        /** For the ear's use. */
        long since;

        private Client(String role, String token, Ear ear) {
            this.role = role;
            this.token = token;
            this.ear = ear;
        }

        /** Says one message. */
        void say(String text) {
            Channel way = channel;
            if (way != null) {
                way.writeAndFlush(new TextWebSocketFrame(text), way.voidPromise());
            }
        }

        /** Reads nothing any more. */
        void stopReading() {
            Channel way = channel;
            if (way != null) {
                way.config().setAutoRead(false);
            }
        }

        @Override
        public void channelActive(ChannelHandlerContext context) throws Exception {
            channel = context.channel();
            super.channelActive(context);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE && entry == Entry.BARE) {
                ready();
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            if (ready) {
                ear.hear(this, frame.content());
            } else {
                enter(frame.text());
            }
        }

        private void enter(String frame) {
            if (Frames.is(frame, "hello")) {
                say(Frames.auth(role, token));
            } else if (Frames.is(frame, "welcome")) {
                if (entry == Entry.WELCOME || role.equals("patron")) {
                    ready();
                } else {
                    say(Frames.SIGN_IN);
                }
            } else if (Frames.is(frame, "result")) {
                if (frame.contains("\"sign-in\"")) {
                    say(Frames.monitor("coop", "academic"));
                } else {
                    ready();
                }
            }
        }

        private void ready() {
            ready = true;
            entering.release();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (!closing) {
                lost.incrementAndGet();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close(context.voidPromise());
        }
    }

    /** How often a text occurs in a frame. */
    static int count(ByteBuf frame, ByteBuf text) {
        int count = 0;
        int length = frame.readableBytes();
        int from = frame.readerIndex();
        int found = ByteBufUtil.indexOf(text, frame.slice(from, length));
        while (found >= 0) {
            count++;
            from += found + text.readableBytes();
            length -= found + text.readableBytes();
            found = ByteBufUtil.indexOf(text, frame.slice(from, length));
        }
        return count;
    }

    /** A text as it is on the wire. */
    static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }
}
