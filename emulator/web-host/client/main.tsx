import './client.css';
